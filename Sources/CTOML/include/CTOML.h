// A TOML text as a flat list of nodes that Swift can walk: a thin C face of toml++.
//
// Every value and every key keeps its line and column (both from 1, columns in code points), which
// is why this exists: an error in a configuration must name the place.
#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Limits: a configuration beyond them is refused, so that parsing has a bounded cost.
#define CTOML_MAX_BYTES 1048576
// Tables and arrays inside each other, the outermost table counted.
#define CTOML_MAX_DEPTH 16
// Dots in one line: bounds the depth that a dotted key can build before it is looked at.
#define CTOML_MAX_DOTS 256

#define CTOML_TABLE 0
#define CTOML_ARRAY 1
#define CTOML_STRING 2
#define CTOML_INTEGER 3
#define CTOML_FLOAT 4
#define CTOML_BOOLEAN 5
#define CTOML_DATE_TIME 6

// One value. Nodes are in pre-order: the children of a table or array follow it, each with its own
// children behind it. Offsets point into the text of the document.
typedef struct ctoml_node {
    int64_t integer;       // integer; boolean as 0 or 1
    double real;           // float
    uint32_t kind;         // CTOML_TABLE ... CTOML_DATE_TIME
    uint32_t child_count;  // direct children of a table or array
    uint32_t line, column;
    uint32_t key_line, key_column;  // 0 where the value has no key
    uint32_t key_offset, key_length;
    uint32_t text_offset, text_length;  // string
} ctoml_node;

typedef struct ctoml_document ctoml_document;

// What a document holds; valid until the document is freed. After a parse error there are no nodes
// and the text is the message.
typedef struct ctoml_view {
    const ctoml_node *nodes;
    size_t node_count;
    const uint8_t *text;
    size_t text_length;
    uint32_t error_line, error_column;
} ctoml_view;

// Parses `length` bytes. 0: a document with at least one node, the root table. -EINVAL: a document
// with a message and its place. -ENOMEM: no document. The caller frees the document.
int32_t ctoml_parse(const uint8_t *bytes, size_t length, ctoml_document **document);
ctoml_view ctoml_read(const ctoml_document *document);
void ctoml_free(ctoml_document *document);

#ifdef __cplusplus
}
#endif

#endif
