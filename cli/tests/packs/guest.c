/* A small pack for the tests. What a test defines before it takes the place of what stands here. */
#include <stddef.h>

#include "plangate_pack.h"

#ifndef ABI_VERSION
#define ABI_VERSION PLANGATE_ABI_VERSION
#endif
#ifndef STRUCT_SIZE
#define STRUCT_SIZE sizeof(plangate_pack)
#endif
#ifndef SYMBOL
#define SYMBOL plangate_pack_v1
#endif
#ifndef RULES
#define RULES "{\"id\": \"GST101\", \"name\": \"guest-fault\", \"severity\": \"warning\", \"docs\": \"\"}"
#endif
#ifndef MANIFEST
#define MANIFEST "{\"name\": \"guest\", \"version\": \"1.0.0\", \"prefix\": \"GST\", \"rules\": [" RULES "]}"
#endif
#ifndef EVALUATION
#define EVALUATION "{}"
#endif
#ifndef STATUS
#define STATUS PLANGATE_ANSWERED
#endif
#ifndef EVALUATE
#define EVALUATE evaluate
#endif

/* A finding of a rule in the bytes of a file. */
#define FINDING(rule, path, start, end)                                                                                \
    "{\"findings\": [{\"rule\": \"" rule "\", \"message\": \"found\", \"place\": {\"path\": \"" path                 \
    "\", \"span\": {\"start\": " start ", \"end\": " end "}}}]}"
#define PLAN "specs/001-voting/plan.md"

plangate_answer evaluate(const plangate_request *request);
const plangate_pack *SYMBOL(void);

static plangate_answer manifest(void) {
    static uint8_t text[] = MANIFEST;
    return (plangate_answer){text, sizeof text - 1, PLANGATE_ANSWERED};
}

plangate_answer evaluate(const plangate_request *request) {
    static uint8_t text[] = EVALUATION;
    (void)request;
    return (plangate_answer){text, sizeof text - 1, STATUS};
}

const plangate_pack *SYMBOL(void) {
    static const plangate_pack pack = {ABI_VERSION, STRUCT_SIZE, PLANGATE_READS_TEXTS, manifest, EVALUATE, NULL};
    return &pack;
}
