/* The interface between plangate and a pack in a shared library, version 1. See docs/pack-abi.md. */
#ifndef PLANGATE_PACK_H
#define PLANGATE_PACK_H

#include <stddef.h>
#include <stdint.h>

#define PLANGATE_ABI_VERSION 1

/* A flag: the pack reads documents from their texts, and requests leave out their models. */
#define PLANGATE_READS_TEXTS 1

/* What the bytes of an answer are: JSON, or a sentence that says why there is no answer. */
#define PLANGATE_ANSWERED 0
#define PLANGATE_FAILED 1

/* UTF-8 of the host, for the time of one call. Not ended by a zero. */
typedef struct {
    const uint8_t *data;
    size_t length;
} plangate_text;

typedef struct {
    plangate_text feature;    /* the feature and the plan's answers */
    plangate_text repository; /* the facts of the repository; empty where nobody looked */
    uint64_t repository_id;   /* the same number comes with the same facts; 0 where there are none */
} plangate_request;

/* UTF-8 of the pack, until the host hands it back to `free`. Not ended by a zero, not null. */
typedef struct {
    uint8_t *data;
    size_t length;
    uint32_t status;
} plangate_answer;

typedef struct {
    uint32_t abi_version; /* PLANGATE_ABI_VERSION */
    uint32_t struct_size; /* sizeof(plangate_pack) */
    uint64_t flags;       /* PLANGATE_READS_TEXTS or 0 */
    plangate_answer (*manifest)(void);
    plangate_answer (*evaluate)(const plangate_request *request);
    void (*free)(plangate_answer answer); /* may be null where nothing has to be freed */
} plangate_pack;

/* The one symbol that a pack exports. The table lives as long as the process. */
const plangate_pack *plangate_pack_v1(void);

#endif
