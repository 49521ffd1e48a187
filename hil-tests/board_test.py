"""What the tests of the emulator have in common."""

import contextlib
import unittest

from emulator_process import EmulatorProcess
from serial_host import SerialHost


class BoardTest(unittest.TestCase):
    """A test with one emulated board that is up and opened."""

    def board(self, firmware="1.4.3", *options, speed=200.0, board="leonardo"):
        """Starts an emulator and opens its port; both end with the test."""
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        emulator = stack.enter_context(
            EmulatorProcess(firmware, speed, "--board", board, *options))
        host = stack.enter_context(SerialHost(emulator.link))
        emulator.wait_for(lambda status: status["open"] and not status["deaf"])
        return emulator, host
