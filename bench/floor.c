/* The floor: what it costs at least to pass a step on. One thread takes messages of SIZE bytes from the two ends of a
 * pair and writes each to both; no WebSocket, no JSON, no game. The connections make pairs in the order they come in.
 *
 *     cc -O2 -o floor floor.c && ./floor PORT
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SIZE = 64, ENDS = 1 << 16, AT_ONCE = 256 };

static int partner[ENDS]; /* by descriptor; -1 while there is none */

static void pass(int from, const char *bytes, ssize_t count)
{
    if (partner[from] < 0 || write(from, bytes, count) != count || write(partner[from], bytes, count) != count)
        close(from);
}

int main(int count, char **words)
{
    static struct epoll_event events[AT_ONCE];
    struct epoll_event wish = {.events = EPOLLIN};
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int door = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0), yes = 1, alone = -1;

    if (count != 2)
        return fprintf(stderr, "usage: %s PORT\n", words[0]), 2;
    place.sin_port = htons((unsigned short)atoi(words[1]));
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(door, (struct sockaddr *)&place, sizeof place) || listen(door, 1024))
        return perror("cannot listen"), 1;
    wish.data.fd = door;
    epoll_ctl(poll, EPOLL_CTL_ADD, door, &wish);
    for (;;) {
        int ready = epoll_wait(poll, events, AT_ONCE, -1);
        for (int i = 0; i < ready; i++) {
            int end = events[i].data.fd;
            if (end == door) {
                end = accept(door, NULL, NULL);
                if (end < 0)
                    continue;
                if (end >= ENDS) {
                    close(end);
                    continue;
                }
                setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                partner[end] = alone;
                if (alone >= 0)
                    partner[alone] = end;
                alone = alone >= 0 ? -1 : end;
                wish.data.fd = end;
                epoll_ctl(poll, EPOLL_CTL_ADD, end, &wish);
                continue;
            }
            char bytes[SIZE * 16];
            ssize_t got = read(end, bytes, sizeof bytes);
            if (got > 0) {
                pass(end, bytes, got);
            } else {
                if (alone == end)
                    alone = -1;
                close(end);
            }
        }
    }
}
