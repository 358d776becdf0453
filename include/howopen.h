/* howopen as a library: the answers of the command line, byte for byte, without a process and without a
 * network.
 *
 *   char *json = howopen_license_json(text, strlen(text), NULL);
 *   puts(json);
 *   howopen_free(json);
 *
 * Every answer is a JSON document in UTF-8 that ends with a line end and a NUL. It is the report that the
 * command writes into a file, or, where nothing could be answered, an object with the one member "error":
 *
 *   {"error": {"exit": 2, "message": "error: no such ...", "what": "...", "where": "...", "fix": "..."}}
 *
 * "message" is the line that the command line prints, "exit" the code that it ends with: 2 for a wrong
 * argument, 70 for a bug in howopen. No report has a member "error" (it may have "errors": what could not be
 * looked at). A model without a verdict is no error; its rung is "undetermined".
 *
 * `options` is a JSON object as text, or NULL for none. An unknown member is an error that names the nearest
 * right one.
 *
 * Any number of threads may call any of these functions at the same time. No exception leaves them, nothing
 * is written to standard output or standard error, no environment variable is read. Only howopen_scan_json
 * opens files. The catalog is the one that ships with howopen; the first call reads it.
 */
#ifndef HOWOPEN_H
#define HOWOPEN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define HOWOPEN_API __attribute__((visibility("default")))
#else
#define HOWOPEN_API
#endif

/* Grows when a function is added. What is there keeps its meaning within one SONAME. */
#define HOWOPEN_API_VERSION 1

/* Judges a snapshot (howopen fetch REF --output FILE) or saved facts: `howopen audit --replay FILE --json`.
 *
 *   "path"     what the snapshot is called in errors
 *   "models"   models of the snapshot, ["org/name", "org/name@revision"]; all of them where it is left out
 *   "depth"    "metadata", "card" or "full": how much of the snapshot is looked at
 *   "for"      uses to answer for, "product,host"; with it "as", "users", "revenue" and "in", each as the
 * option of `howopen audit` is written ("company", "5k", "20M-USD", "EU,GB"), and "field", ["medical"]
 *   "context"  tokens of a context that memory is told for
 */
HOWOPEN_API char* howopen_audit_json(const void* snapshot, size_t size, const char* options);

/* What a license text is and what it grants: `howopen license FILE --json`. At most 2 MB; it may hold any
 * byte.
 *
 *   "path"     what the text is called in the answer, "text" where it is left out
 *   "diff"     true: names and notices that differ, too
 */
HOWOPEN_API char* howopen_license_json(const void* text, size_t size, const char* options);

/* Which models a source tree names: `howopen scan FOLDER --json`. No link in it is followed, nothing is run,
 * and nothing outside the folder is opened but the index of the git repository that it lies in: what git
 * tracks, .gitignore does not hide.
 *
 *   "confidence"  "high", "medium" or "low": what is less certain is left out; "medium" where it is left out
 */
HOWOPEN_API char* howopen_scan_json(const char* folder, const char* options);

/* Gives an answer back. NULL is nothing to do. */
HOWOPEN_API void howopen_free(char* json);

/* "0.1.0". Not to be given back. */
HOWOPEN_API const char* howopen_version(void);

#ifdef __cplusplus
}
#endif

#endif
