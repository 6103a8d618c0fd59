/* A pack in C: a principle whose one question is answered by words that plangate looks for, and a rule
 * that looks at the plan's text itself. It reads JSON with the little that it needs; a larger pack takes a
 * library for that. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plangate_pack.h"

static const char MANIFEST[] =
    "{\"name\": \"c-pack\", \"version\": \"1.0.0\", \"prefix\": \"CPK\", \"title\": \"Principles in C\","
    " \"principles\": [{\"ordinal\": \"XIV\", \"name\": \"Auditability\","
    "   \"statuses\": [\"pass\", \"attention\", \"not-applicable\"],"
    "   \"questions\": [{\"id\": \"CPK1401\", \"name\": \"unaudited-change\", \"kind\": \"duty\","
    "     \"text\": \"Is every change of data written to the audit log?\","
    "     \"docs\": \"## What it finds\\nA plan that claims an audit log which nothing else speaks of.\","
    "     \"severity\": \"error\", \"indicators\": {\"terms\": [\"audit log\"]}}]}],"
    " \"rules\": [{\"id\": \"CPK901\", \"name\": \"marked-todo\", \"severity\": \"warning\","
    "   \"docs\": \"## What it finds\\nA TODO that was left in the plan.\"}]}";

/* An answer that is not in memory of its own: a sentence that says why there is none. */
static plangate_answer failed(void) {
    static uint8_t why[] = "there is no memory left";
    return (plangate_answer){why, sizeof why - 1, PLANGATE_FAILED};
}

/* An answer in memory that `release` frees. */
static plangate_answer answer(const char *json, size_t length) {
    uint8_t *copy = malloc(length);
    if (copy == NULL)
        return failed();
    memcpy(copy, json, length);
    return (plangate_answer){copy, length, PLANGATE_ANSWERED};
}

static void release(plangate_answer answer) {
    if (answer.status == PLANGATE_ANSWERED)
        free(answer.data);
}

static plangate_answer manifest(void) {
    return answer(MANIFEST, sizeof MANIFEST - 1);
}

/* Where the value of the first `"key":"` begins; null where there is none. Quotes inside of a text are
 * escaped, so that no text can look like a key. */
static const char *value(const char *json, const char *end, const char *key) {
    size_t length = strlen(key);
    for (; json + length <= end; json++)
        if (memcmp(json, key, length) == 0)
            return json + length;
    return NULL;
}

static unsigned hexadecimal(const char *digits) {
    char four[5] = {digits[0], digits[1], digits[2], digits[3], 0};
    return (unsigned)strtoul(four, NULL, 16);
}

/* The next byte of a JSON string's text, where that is a single byte, and by how much the text grows.
 * Longer characters count only for where the next ones stand. */
static const char *next(const char *at, char *byte, size_t *grows) {
    *byte = *at;
    *grows = 1;
    if (*at != '\\')
        return at + 1;
    if (at[1] != 'u') {
        *byte = at[1] == 'n' ? '\n' : at[1] == 't' ? '\t' : at[1];
        return at + 2;
    }
    unsigned code = hexadecimal(at + 2);
    bool first_of_two = code >= 0xd800 && code < 0xdc00;
    *byte = code < 0x80 ? (char)code : 0;
    *grows = code < 0x80 ? 1 : code < 0x800 ? 2 : first_of_two ? 4 : 3;
    return at + (first_of_two ? 12 : 6);
}

/* The offset of the first `word` in the text of a JSON string, in bytes of UTF-8; -1 where there is none. */
static long find(const char *text, const char *end, const char *word) {
    size_t length = strlen(word), matched = 0, offset = 0;
    while (text < end && *text != '"') {
        char byte;
        size_t grows;
        text = next(text, &byte, &grows);
        offset += grows;
        matched = byte == word[matched] ? matched + 1 : byte == word[0];
        if (matched == length)
            return (long)(offset - length);
    }
    return -1;
}

static plangate_answer evaluate(const plangate_request *request) {
    const char *json = (const char *)request->feature.data, *end = json + request->feature.length;
    /* The plan is the first document. Its path is quoted as JSON, and goes back as it came. */
    const char *path = value(json, end, "\"path\":\"");
    const char *text = path == NULL ? NULL : value(path, end, "\"text\":\"");
    long todo = text == NULL ? -1 : find(text, end, "TODO");
    if (todo < 0)
        return answer("{}", 2);
    const char *form = "{\"findings\": [{\"rule\": \"CPK901\", \"message\": \"the plan still holds a TODO\","
                       " \"help\": \"do it, or write a task for it\","
                       " \"place\": {\"path\": \"%.*s\", \"span\": {\"start\": %ld, \"end\": %ld}}}]}";
    const char *path_end = path;
    while (*path_end != '"')
        path_end += *path_end == '\\' ? 2 : 1;
    int path_length = (int)(path_end - path);
    int length = snprintf(NULL, 0, form, path_length, path, todo, todo + 4);
    char *found = malloc((size_t)length + 1);
    if (found == NULL)
        return failed();
    snprintf(found, (size_t)length + 1, form, path_length, path, todo, todo + 4);
    return (plangate_answer){(uint8_t *)found, (size_t)length, PLANGATE_ANSWERED};
}

const plangate_pack *plangate_pack_v1(void) {
    static const plangate_pack pack = {
        PLANGATE_ABI_VERSION, sizeof(plangate_pack), PLANGATE_READS_TEXTS, manifest, evaluate, release,
    };
    return &pack;
}
