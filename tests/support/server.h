// A loopback HTTP/1.1 server that answers as a function says, and remembers what it was asked.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace howopen::test {

struct HttpRequest {
  std::string method;
  std::string target;  ///< path and query, as sent
  std::string path;    ///< decoded, without query
  std::string query;
  std::map<std::string, std::string> headers;  ///< names in lower case
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// If set, it writes everything itself, status line included, and the connection ends after it.
  std::function<void(int socket)> raw;
};

class Server {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;
  explicit Server(Handler handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<HttpRequest> log() const;
  std::size_t accepted() const;  ///< connections, open or closed

 private:
  void accept_all();
  void serve(int socket);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread acceptor_;
  mutable std::mutex mutex_;
  std::vector<std::thread> connections_;
  std::vector<int> sockets_;
  std::vector<HttpRequest> log_;
};

/// Writes all bytes; false when the other side is gone.
bool send_all(int socket, std::string_view bytes);

}  // namespace howopen::test
