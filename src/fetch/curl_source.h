// The Hub over libcurl: one thread, one multi handle, many questions in flight.
#pragma once

#include <memory>
#include <string>

#include "howopen/result.h"
#include "howopen/source.h"

namespace howopen::fetch {

struct CurlOptions {
  std::string endpoint = "https://huggingface.co";  ///< without a slash at the end
  std::string token;                                ///< goes to the endpoint's origin only
  std::string ca_file;                              ///< SSL_CERT_FILE
  std::string ca_folder;                            ///< SSL_CERT_DIR
  std::string http_proxy;                           ///< for http:// addresses; curl reads the others itself
  long timeout_ms = 30'000;  ///< without progress; an answer as a whole may take four times as long
  int in_flight = 32;
};

/// Asks the Hub. Follows redirects as hub.h judges them, and never reads more of a body than its kind may
/// have.
class CurlSource : public Source {
 public:
  /// Fails when the endpoint is no http(s) address, or plain http to another machine would carry a token.
  static Result<std::unique_ptr<CurlSource>> open(CurlOptions options);
  ~CurlSource() override;

  void ask(std::size_t ticket, Want want) override;
  std::optional<Reply> next() override;

 private:
  struct Impl;
  explicit CurlSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace howopen::fetch
