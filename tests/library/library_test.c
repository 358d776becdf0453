/* The library from C: what it answers to what is wrong, from several threads, and on request what it answers to a file.
 *
 *   library_test                  ->  exit 0, or a line for each thing that is not as it should be
 *   library_test license FILE     ->  the JSON, to be compared with the command line's
 */
#include <howopen.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

static void expect(int true_, const char *what, const char *json) {
  if (true_) return;
  ++failures;
  fprintf(stderr, "FAILED: %s\n%.600s\n", what, json != NULL ? json : "");
}

/* The answer is an error with these words; it is given back. */
static void is_error(char *json, const char *words) {
  expect(json != NULL && strncmp(json, "{\n  \"error\": {\n    \"exit\": 2,\n    \"message\": \"error: ", 46) == 0, words, json);
  expect(json != NULL && strstr(json, words) != NULL, words, json);
  expect(json != NULL && json[strlen(json) - 1] == '\n', "a line end", json);
  howopen_free(json);
}

static char *content(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *out = malloc(1 << 22);
  if (file == NULL || out == NULL) exit(2);
  *size = fread(out, 1, 1 << 22, file);
  fclose(file);
  return out;
}

static void wrong_arguments(void) {
  const char mit[] = "MIT License";
  is_error(howopen_audit_json(NULL, 0, NULL), "no snapshot was given");
  is_error(howopen_audit_json(NULL, 10, NULL), "no snapshot was given");
  is_error(howopen_license_json(NULL, 0, NULL), "no text was given");
  is_error(howopen_scan_json(NULL, NULL), "no folder was given");
  is_error(howopen_audit_json(mit, SIZE_MAX, NULL), "a size that nothing has");
  is_error(howopen_license_json(mit, SIZE_MAX, NULL), "a size that nothing has");
  is_error(howopen_license_json(mit, (size_t)3 << 20, NULL), "longer than 2 MB: no license text: text");
  is_error(howopen_audit_json("", 0, NULL), "snapshot");
  is_error(howopen_audit_json("not JSON", 8, "{\"path\": \"x.json\"}"), "x.json");
  is_error(howopen_scan_json("/nowhere/at/all", NULL), "error: folder cannot be read (No such file or directory): /nowhere/at/all");
  is_error(howopen_license_json(mit, 11, "{"), "not a JSON object: options");
  is_error(howopen_license_json(mit, 11, "[]"), "not a JSON object: options");
  is_error(howopen_license_json(mit, 11, "{\"pth\": \"x\"}"), "path");
  is_error(howopen_license_json(mit, 11, "{\"path\": 3}"), "options");
  is_error(howopen_scan_json(".", "{\"confidence\": \"hgh\"}"), "high");
  is_error(howopen_audit_json("{}", 2, "{\"for\": \"prodct\"}"), "product");
  is_error(howopen_audit_json("{}", 2, "{\"context\": -1}"), "context");
  is_error(howopen_audit_json("{}", 2, "{\"models\": [\"no model\"]}"), "not the name of a model");
  howopen_free(NULL);
  expect(strcmp(howopen_version(), HOWOPEN_EXPECTED_VERSION) == 0, "version", howopen_version());
}

/* Bytes that are no text: an answer, whatever it is. */
static void any_bytes(void) {
  char bytes[512];
  for (size_t i = 0; i < sizeof bytes; ++i) bytes[i] = (char)(i * 37);
  char *json = howopen_license_json(bytes, sizeof bytes, NULL);
  expect(strstr(json, "\"error\"") == NULL && strstr(json, "\"file\": \"text\"") != NULL, "bytes that are no text", json);
  howopen_free(json);
  json = howopen_license_json(bytes, 0, NULL);
  expect(strstr(json, "\"error\"") == NULL, "an empty text", json);
  howopen_free(json);
}

struct Asked {
  const char *text;
  size_t size;
  const char *answer;
  int differ;
};

static void *ask(void *argument) {
  struct Asked *asked = argument;
  for (int i = 0; i < 5; ++i) {
    char *json = howopen_license_json(asked->text, asked->size, NULL);
    if (asked->answer != NULL && strcmp(json, asked->answer) != 0) ++asked->differ;
    if (asked->answer == NULL && strstr(json, "\"Apache-2.0\"") == NULL) ++asked->differ;
    howopen_free(json);
    json = howopen_audit_json("{", 1, NULL);
    if (strstr(json, "\"error\"") == NULL) ++asked->differ;
    howopen_free(json);
  }
  return NULL;
}

/* The first call of all is made by eight threads at once: the catalog is read by one of them. */
static void threads(const char *answer) {
  enum { kThreads = 8 };
  pthread_t thread[kThreads];
  struct Asked asked[kThreads];
  size_t size = 0;
  char *text = content(HOWOPEN_LICENSE, &size);
  for (int i = 0; i < kThreads; ++i) {
    asked[i] = (struct Asked){text, size, answer, 0};
    if (pthread_create(&thread[i], NULL, ask, &asked[i]) != 0) exit(2);
  }
  for (int i = 0; i < kThreads; ++i) {
    pthread_join(thread[i], NULL);
    expect(asked[i].differ == 0, "several threads", NULL);
  }
  free(text);
}

int main(int argc, char **argv) {
  if (argc == 3 || argc == 4) {
    size_t size = 0;
    const char *options = argc == 4 ? argv[3] : NULL;
    char *data = strcmp(argv[1], "scan") == 0 ? NULL : content(argv[2], &size);
    char *json = data == NULL                         ? howopen_scan_json(argv[2], options)
                 : strcmp(argv[1], "license") == 0 ? howopen_license_json(data, size, options)
                                                      : howopen_audit_json(data, size, options);
    fputs(json, stdout);
    howopen_free(json);
    free(data);
    return 0;
  }
  threads(NULL);
  size_t size = 0;
  char *text = content(HOWOPEN_LICENSE, &size);
  char *answer = howopen_license_json(text, size, NULL);
  threads(answer);
  howopen_free(answer);
  free(text);
  wrong_arguments();
  any_bytes();
  return failures == 0 ? 0 : 1;
}
