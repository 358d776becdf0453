// What a license asks of a use, whether its text was read clause by clause or its traits are all there is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "howopen/catalog.h"

namespace howopen::catalog {

std::vector<Duty> duties_of(const LicenseEntry& entry, Purpose use, const Uses& uses);

/// The list of prohibited uses, whatever the use is; nothing where none limits it.
std::optional<Duty> policy_of(const LicenseEntry& entry, const Uses& uses);
/// Whether it excludes fields of use. Those that say what it is for, research say, are answered by the uses.
bool limits_fields(const LicenseEntry& entry, const Uses& uses);

/// The duty in words: "show the words it asks for: Built with Llama".
std::string text_of_duty(const std::string& duty, const std::string& words, const Uses& uses);

}  // namespace howopen::catalog
