// One thread a connection; keep-alive; no TLS.

#include "support/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "text/utf8.h"

namespace howopen::test {
namespace {

std::string decode(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%' && i + 2 < s.size()) {
      out += static_cast<char>(std::stoi(std::string(s.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

bool parse(const std::string& head, HttpRequest& out) {
  const auto line_end = head.find("\r\n");
  const std::string line = head.substr(0, line_end);
  const auto first = line.find(' ');
  const auto second = line.find(' ', first + 1);
  if (first == std::string::npos || second == std::string::npos) return false;
  out.method = line.substr(0, first);
  out.target = line.substr(first + 1, second - first - 1);
  const auto question = out.target.find('?');
  out.path = decode(out.target.substr(0, question));
  out.query = question == std::string::npos ? "" : out.target.substr(question + 1);
  for (std::size_t at = line_end + 2; at < head.size();) {
    const auto end = head.find("\r\n", at);
    const std::string header = head.substr(at, end - at);
    const auto colon = header.find(':');
    if (colon != std::string::npos)
      out.headers[text::lower(header.substr(0, colon))] = std::string(text::trim(header.substr(colon + 1)));
    if (end == std::string::npos) break;
    at = end + 2;
  }
  return true;
}

}  // namespace

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Server::Server(Handler handler) : handler_(std::move(handler)) {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 256) != 0 ||
      getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no loopback server");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

Server::~Server() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  close(listener_);
  {
    const std::lock_guard lock(mutex_);
    for (const int s : sockets_) shutdown(s, SHUT_RDWR);
  }
  for (std::thread& t : connections_) t.join();
  for (const int s : sockets_) close(s);
}

std::vector<HttpRequest> Server::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::size_t Server::accepted() const {
  const std::lock_guard lock(mutex_);
  return sockets_.size();
}

void Server::accept_all() {
  while (!stopping_) {
    const int s = accept(listener_, nullptr, nullptr);
    if (s < 0) return;
    const int on = 1;
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const std::lock_guard lock(mutex_);
    sockets_.push_back(s);
    connections_.emplace_back([this, s] { serve(s); });
  }
}

void Server::serve(int socket) {
  std::string buffer;
  char chunk[16384];
  for (;;) {
    std::size_t end = buffer.find("\r\n\r\n");
    while (end == std::string::npos) {
      if (!buffer.empty() && buffer[0] == '\x16') {  // a TLS handshake: answered as plain web servers do
        send_all(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
        shutdown(socket, SHUT_RDWR);
        return;
      }
      const ssize_t n = recv(socket, chunk, sizeof(chunk), 0);
      if (n <= 0) return;
      buffer.append(chunk, static_cast<std::size_t>(n));
      end = buffer.find("\r\n\r\n");
    }
    HttpRequest request;
    const bool ok = parse(buffer.substr(0, end), request);
    buffer.erase(0, end + 4);
    if (!ok) break;
    {
      const std::lock_guard lock(mutex_);
      log_.push_back(request);
    }
    const HttpResponse response = handler_(request);
    if (response.raw) {
      response.raw(socket);
      break;
    }
    std::string head = "HTTP/1.1 " + std::to_string(response.status) +
                       " X\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
    for (const auto& [name, value] : response.headers) head += name + ": " + value + "\r\n";
    if (!send_all(socket, head + "\r\n") || (request.method != "HEAD" && !send_all(socket, response.body)))
      break;
  }
  shutdown(socket, SHUT_RDWR);
}

}  // namespace howopen::test
