// SHA-256 of Debian's libmd.
#include <sys/types.h>
#include <sha2.h>
