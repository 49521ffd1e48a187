"""All scenarios; importing a module registers what is in it."""

from . import holding  # noqa: F401
from . import faults  # noqa: F401
from . import heater_faults  # noqa: F401
from . import signals  # noqa: F401
from . import starts  # noqa: F401
from . import endings  # noqa: F401
from . import frozen  # noqa: F401
from . import killing  # noqa: F401
from . import recording  # noqa: F401
from . import unprivileged  # noqa: F401
from . import service  # noqa: F401
from . import live_view  # noqa: F401
from . import refusals  # noqa: F401
from . import broken_inputs  # noqa: F401
from . import boards  # noqa: F401
from . import resuming  # noqa: F401
from . import reloading  # noqa: F401
from .scenario import SCENARIOS  # noqa: F401
