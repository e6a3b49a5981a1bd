#include <zlib.h>
// inflateInit2 is a macro, which Swift does not see.
static inline int vl_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 16 + MAX_WBITS); }
