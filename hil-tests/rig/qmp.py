"""QEMU's own channel: commands, and events with the host's monotonic time at which they came."""

import json
import queue
import socket
import threading
import time

#: A host that is busy otherwise takes long to start QEMU.
ANSWER_S = 60.0


class QMP:
    """A connection to a running QEMU."""

    def __init__(self, path, patience=ANSWER_S):
        """Connects; raises OSError when QEMU is not there in time."""
        self._socket = connected(path, patience)
        self._file = self._socket.makefile("rw", encoding="utf-8")
        self._answers = queue.Queue()
        #: (host's monotonic seconds, name)
        self.events = []
        self._file.readline()
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("qmp_capabilities")

    def _listen(self):
        try:
            for line in self._file:
                message = json.loads(line)
                if "event" in message:
                    self.events.append((time.monotonic(), message["event"]))
                else:
                    self._answers.put(message)
        except (OSError, ValueError):
            pass

    def ask(self, command, **arguments):
        """What a command returns; raises RuntimeError on a refusal."""
        self._file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._file.flush()
        answer = self._answers.get(timeout=ANSWER_S)
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']['desc']}")
        return answer["return"]

    def event(self, name, since, patience):
        """The host's time of the first such event since then; None when none comes."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            for moment, found in list(self.events):
                if found == name and moment >= since:
                    return moment
            time.sleep(0.02)
        return None

    def close(self):
        """Ends the connection."""
        self._socket.close()


def connected(path, patience):
    """A socket connected to a path that may not be there yet."""
    end = time.monotonic() + patience
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(path)
            return connection
        except OSError:
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
