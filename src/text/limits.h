// How much of anything that comes from outside is read. One place, so that the bounds of the whole tool
// can be seen at once. Sizes are in bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace howopen::limits {

inline constexpr std::size_t kCard = 2u << 20;         // a model card; 45 kB is large among real ones
inline constexpr std::size_t kLicenseText = 2u << 20;  // a license file; the longest reference has 65 kB
inline constexpr std::size_t kConfig = 1u << 20;       // config.json and its like
inline constexpr std::size_t kRecord = 16u << 20;      // a model's record with its list of files
inline constexpr std::size_t kListing = 64u << 20;     // a page of up to 1,000 records
inline constexpr std::size_t kShardIndex = 60u << 20;  // real indexes with 500,000 tensors come close
inline constexpr std::size_t kTensorHead = 512u
                                           << 10;  // of a weight file; 97 % of real heads are below 100 kB
inline constexpr std::size_t kTree = 16u << 20;    // listing of a GitHub repository
inline constexpr std::size_t kPolicy = 8u << 20;   // a policy or lock file; 10,000 locked models have 5 MB
inline constexpr std::size_t kSavedFile = 256u << 20;  // a bundle or facts file given by the user

inline constexpr int kJsonDepth = 64;
inline constexpr std::size_t kJsonValues = 4'000'000;    // values of one document
inline constexpr std::size_t kFrontMatter = 256u << 10;  // YAML at the head of a card
inline constexpr std::size_t kYamlNodes = 40'000;        // keys too, after aliases are followed
inline constexpr std::size_t kYamlBytes = 1u << 20;      // of scalars, after aliases are followed
inline constexpr int kYamlDepth = 32;
inline constexpr std::size_t kMarkdownBlocks = 50'000;

inline constexpr int kRounds = 12;          // questions raised by answers raised by answers …
inline constexpr std::size_t kWants = 200;  // questions about one model
inline constexpr int kLineageDepth = 8;
inline constexpr std::size_t kTranslatedCards = 4;     // of one repository; two are many
inline constexpr std::size_t kLicenseFiles = 12;       // license texts read of one repository
inline constexpr std::size_t kLinkedRepositories = 4;  // of GitHub, read of one model
inline constexpr std::size_t kDatasets = 16;           // looked up of one model
inline constexpr std::size_t kHeads = 16;              // weight files looked into of one model
inline constexpr std::size_t kParents = 8;             // base models followed of one model (merges name many)

}  // namespace howopen::limits
