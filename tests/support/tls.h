// TLS in front of a loopback server, with a certificate made for the test.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace howopen::test {

/// A certificate that signs itself, for one host name, and its key; both as PEM.
struct Certificate {
  std::string pem;
  std::string key;
};
Certificate make_certificate(const std::string& host);

/// Ends TLS and hands the bytes on to a plain server on this machine.
class TlsFront {
 public:
  TlsFront(int port_behind, const Certificate& certificate);
  ~TlsFront();
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;

  std::string url() const { return "https://localhost:" + std::to_string(port_); }

 private:
  void accept_all();
  void serve(int socket);

  struct Context;
  std::unique_ptr<Context> context_;
  int port_behind_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread acceptor_;
  std::vector<std::thread> connections_;
};

}  // namespace howopen::test
