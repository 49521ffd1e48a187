"""All scenarios; importing a module registers what is in it."""

from . import holding  # noqa: F401
from . import faults  # noqa: F401
from . import heater_faults  # noqa: F401
from . import signals  # noqa: F401
from . import starts  # noqa: F401
from . import endings  # noqa: F401
from . import killing  # noqa: F401
from . import refusals  # noqa: F401
from .scenario import SCENARIOS  # noqa: F401
