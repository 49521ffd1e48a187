"""The records of the trials: no tick is lost but those of a torn tail."""

import json

from bench import check

DIRECTORY = "/var/lib/flyball/rig/records"


class Records:
    """Looks after the files that come during a trial."""

    def __init__(self, target):
        self._target = target
        self._known = set()
        #: Of the last trial.
        self.files = self.ticks = 0

    def _names(self):
        return self._target.must(f"ls -1 {DIRECTORY} 2>/dev/null; true").split()

    def written(self):
        """The file that the daemon writes. Times of files would not tell: a clock may have been set,
        or have begun anew with the machine."""
        return self._target.must(
            "ls -l /proc/$(pidof -s flyballd)/fd | sed -n 's/.* //;/mcap$/p'").strip()

    def begin(self):
        """A trial begins: what is there now is not of it."""
        self._known = set(self._names())
        self.files = self.ticks = 0

    def check(self):
        """Each file that has come since is computed again bit for bit, without a gap, to its end or
        to where it is torn; raises Failure. A run's later files are replayed with its first."""
        for name in sorted(set(self._names()) - self._known):
            if not name.endswith(".mcap"):
                continue
            self.files += 1
            self.ticks += self.replay(f"{DIRECTORY}/{name}")["ticks"]

    def replay(self, path):
        """What a replay of a file says, which must come out the same; raises Failure."""
        result = self._target.run(f"flyball replay --json {path}")
        check(result.status == 0, f"{path}: replay ended with {result.status}: {result.output}",
              self._target.run(f"ls -l --full-time {DIRECTORY}").output)
        report = json.loads(result.output[result.output.index("{"):])
        check(report["matched"] == report["ticks"], path, report)
        return report
