// Reports against the schemas of others, by validators of others. Where a schema or a validator is not there,
// the test is skipped and says so.
#pragma once

#include <filesystem>
#include <string>

#include "support/run.h"

namespace howopen::test {

enum class Validity { valid, invalid, cannot_tell };

struct Checked {
  Validity validity = Validity::cannot_tell;
  std::string says;
};

/// A schema of others: $HOWOPEN_SCHEMAS, else ../shared/schemas beside the tree.
inline std::string foreign_schema(const std::string& name) {
  const char* set = std::getenv("HOWOPEN_SCHEMAS");
  const std::string folder = set != nullptr ? set : std::string(HOWOPEN_SOURCE_DIR) + "/../shared/schemas";
  return folder + "/" + name;
}

inline Checked checked(const std::string& command, const std::string& schema, const std::string& document) {
  if (!std::filesystem::exists(schema)) return {Validity::cannot_tell, "no " + schema};
  const TempDir dir;
  const std::string file = dir.write("document", document);
  const Ran r = run({"-c", command + " < " + file}, {}, "/bin/sh");
  if (r.exit == 77 || r.exit == 127) return {Validity::cannot_tell, "no validator: " + command};
  return {r.exit == 0 ? Validity::valid : Validity::invalid, r.out + r.err};
}

/// Debian's python3 holds Debian's python3-jsonschema, whatever else is in PATH.
inline Checked check_json(const std::string& schema, const std::string& document) {
  return checked("exec /usr/bin/python3 " + std::string(HOWOPEN_SOURCE_DIR) + "/tests/validate.py " + schema,
                 schema, document);
}

inline Checked check_xml(const std::string& schema, const std::string& document) {
  return checked("exec xmllint --noout --schema " + schema + " -", schema, document);
}

}  // namespace howopen::test
