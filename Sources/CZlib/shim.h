// The one function taken from zlib is crc32(): the checksum MCAP prescribes.
#include <zlib.h>
