// One thread a connection, which carries bytes both ways until either side has ended.

#include "support/tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace howopen::test {
namespace {

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string out(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return out;
}

sockaddr_in loopback_address(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

Certificate make_certificate(const std::string& host) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* x = X509_new();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), 3600L * 24);
  X509_set_pubkey(x, key);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(host.c_str()),
                             -1, -1, 0);
  X509_set_issuer_name(x, name);
  for (const auto& [nid, value] : {std::pair{NID_subject_alt_name, "DNS:" + host},
                                   std::pair{NID_basic_constraints, std::string("critical,CA:TRUE")}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    X509_add_ext(x, extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(x, key, EVP_sha256());
  BIO* pem = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(pem, x);
  BIO* secret = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(secret, key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(x);
  EVP_PKEY_free(key);
  return {text_of(pem), text_of(secret)};
}

struct TlsFront::Context {
  SSL_CTX* ssl = SSL_CTX_new(TLS_server_method());
  ~Context() { SSL_CTX_free(ssl); }
};

TlsFront::TlsFront(int port_behind, const Certificate& certificate)
    : context_(std::make_unique<Context>()), port_behind_(port_behind) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that may be closed
  BIO* pem = BIO_new_mem_buf(certificate.pem.data(), static_cast<int>(certificate.pem.size()));
  X509* x = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  BIO* secret = BIO_new_mem_buf(certificate.key.data(), static_cast<int>(certificate.key.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(secret, nullptr, nullptr, nullptr);
  const bool ready =
      SSL_CTX_use_certificate(context_->ssl, x) == 1 && SSL_CTX_use_PrivateKey(context_->ssl, key) == 1;
  X509_free(x);
  EVP_PKEY_free(key);
  BIO_free(pem);
  BIO_free(secret);
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback_address(0);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (!ready || bind(listener_, generic, size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no TLS server");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

TlsFront::~TlsFront() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  for (std::thread& t : connections_) t.join();
}

void TlsFront::accept_all() {
  while (!stopping_) {
    const int s = accept(listener_, nullptr, nullptr);
    if (s < 0) return;
    connections_.emplace_back([this, s] { serve(s); });
  }
}

void TlsFront::serve(int s) {
  SSL* ssl = SSL_new(context_->ssl);
  SSL_set_fd(ssl, s);
  const int behind = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback_address(port_behind_);
  if (SSL_accept(ssl) == 1 && connect(behind, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
    char chunk[16384];
    bool open = true;
    while (open && !stopping_) {
      pollfd fds[2] = {{s, POLLIN, 0}, {behind, POLLIN, 0}};
      if (SSL_pending(ssl) == 0 && poll(fds, 2, 100) == 0) continue;
      if (SSL_pending(ssl) > 0 || (fds[0].revents & (POLLIN | POLLHUP)) != 0) {
        const int n = SSL_read(ssl, chunk, sizeof(chunk));
        open = n > 0 && send(behind, chunk, static_cast<std::size_t>(n), MSG_NOSIGNAL) == n;
      }
      if (open && (fds[1].revents & (POLLIN | POLLHUP)) != 0) {
        const ssize_t n = recv(behind, chunk, sizeof(chunk), 0);
        open = n > 0 && SSL_write(ssl, chunk, static_cast<int>(n)) == n;
      }
    }
    SSL_shutdown(ssl);
  }
  SSL_free(ssl);
  close(behind);
  close(s);
}

}  // namespace howopen::test
