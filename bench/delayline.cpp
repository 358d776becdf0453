// Joins two network namespaces by a line with a delay, as a pair of TUN devices: every packet is handed on so
// many milliseconds after it came. Where the kernel has no netem, this is what a distance can be measured
// with.
//
//   delayline 25 near 10.99.0.1 far 10.99.0.2     50 ms there and back; prints "up" when it is

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Packet {
  Clock::time_point due;
  std::vector<char> bytes;
};

[[noreturn]] void give_up(const std::string& what) {
  std::perror(what.c_str());
  std::exit(1);
}

int open_end(const std::string& space, const std::string& address) {
  const int ns = open(("/run/netns/" + space).c_str(), O_RDONLY | O_CLOEXEC);
  if (ns < 0 || setns(ns, CLONE_NEWNET) != 0) give_up("namespace " + space);
  close(ns);
  const int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  ifreq request{};
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  std::strcpy(request.ifr_name, "line0");
  if (tun < 0 || ioctl(tun, TUNSETIFF, &request) != 0) give_up("TUN device");
  const std::string setup = "ip addr add " + address +
                            "/24 dev line0 && ip link set line0 txqueuelen 100000 up && ip link set lo up";
  if (std::system(setup.c_str()) != 0) give_up("ip");
  return tun;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: delayline MS NAMESPACE ADDRESS NAMESPACE ADDRESS\n");
    return 2;
  }
  const auto delay = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double, std::milli>(std::atof(argv[1])));
  const std::array<int, 2> ends = {open_end(argv[2], argv[3]), open_end(argv[4], argv[5])};
  std::array<std::deque<Packet>, 2> queues;  // of packets that came in at the end of that number
  std::puts("up");
  std::fflush(stdout);
  std::vector<char> buffer(65536);
  for (;;) {
    const auto now = Clock::now();
    auto wait = std::chrono::milliseconds(1000);
    for (std::size_t i = 0; i < 2; ++i) {
      for (int k = 0; k < 256; ++k) {
        const ssize_t n = read(ends[i], buffer.data(), buffer.size());
        if (n <= 0) break;
        queues[i].push_back({now + delay, {buffer.begin(), buffer.begin() + n}});
      }
      while (!queues[i].empty() && queues[i].front().due <= now) {
        const auto& bytes = queues[i].front().bytes;
        if (write(ends[1 - i], bytes.data(), bytes.size()) < 0) {
          // a full device drops the packet, as a router would
        }
        queues[i].pop_front();
      }
      if (!queues[i].empty())
        wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(queues[i].front().due - now));
    }
    pollfd fds[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLIN, 0}};
    poll(fds, 2, static_cast<int>(wait.count()));
  }
}
