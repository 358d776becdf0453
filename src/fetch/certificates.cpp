// A program that is linked statically runs on every distribution, and each keeps its certificates elsewhere.
//
//   nothing set, on Fedora     ->  file /etc/pki/tls/certs/ca-bundle.crt
//   SSL_CERT_FILE=/x.pem       ->  file /x.pem, whether it is there or not: a wrong name is to be noticed
//   nothing set, empty machine ->  none

#include "fetch/certificates.h"

namespace howopen::fetch {
namespace {

constexpr const char* kFiles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Alpine, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, Red Hat
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Red Hat, newer
    "/etc/ssl/ca-bundle.pem",                             // SUSE
    "/var/lib/ca-certificates/ca-bundle.pem",             // SUSE, newer
    "/etc/ssl/cert.pem",                                  // Alpine without the package, macOS, OpenBSD
    "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD
};

}  // namespace

Certificates find_certificates(std::string set_file, std::string set_folder,
                               const std::function<bool(const std::string&)>& readable) {
  if (!set_file.empty() || !set_folder.empty()) return {std::move(set_file), std::move(set_folder), false};
  for (const char* file : kFiles) {
    if (readable(file)) return {file, {}, false};
  }
  return {{}, {}, true};
}

std::string no_certificates() {
  std::string places;
  for (const char* file : kFiles) places += std::string(places.empty() ? "" : ", ") + file;
  return "no certificates to check the server against: none at " + places +
         "; install the package ca-certificates, or name a file in SSL_CERT_FILE";
}

}  // namespace howopen::fetch
