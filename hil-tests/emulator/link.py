"""The stable name of the terminal."""

import os


def place_link(target, link):
    """Points `link` at `target` in one step; raises FileExistsError if it is no link."""
    os.makedirs(os.path.dirname(os.path.abspath(link)), exist_ok=True)
    if os.path.lexists(link) and not os.path.islink(link):
        raise FileExistsError(f"{link} exists and is not a symbolic link")
    temporary = f"{link}.{os.getpid()}"
    os.symlink(target, temporary)
    os.replace(temporary, link)


def remove_link(target, link):
    """Removes `link` if it still points at `target`."""
    try:
        if os.readlink(link) == target:
            os.unlink(link)
    except OSError:
        pass
