// Stops one thread of a process, as a call into the kernel that never returns would, until the
// process ends.
//
//   hang PROCESS THREAD          the thread by its name; says "stopped" when it is
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static long thread_named(const char *process, const char *name) {
    char path[512], found[64];
    snprintf(path, sizeof path, "/proc/%s/task", process);
    DIR *threads = opendir(path);
    if (!threads) return -1;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
        snprintf(path, sizeof path, "/proc/%s/task/%s/comm", process, entry->d_name);
        FILE *file = fopen(path, "r");
        if (!file) continue;
        if (!fgets(found, sizeof found, file)) found[0] = 0;
        fclose(file);
        found[strcspn(found, "\n")] = 0;
        if (strcmp(found, name) == 0) return atol(entry->d_name);
    }
    return -1;
}

int main(int count, char **words) {
    pid_t thread = count == 3 ? (pid_t)thread_named(words[1], words[2]) : -1;
    if (thread < 0) {
        fprintf(stderr, "usage: hang PROCESS THREAD, which are to be there\n");
        return 2;
    }
    if (ptrace(PTRACE_SEIZE, thread, NULL, NULL) != 0 ||
        ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) != 0) {
        perror("hang");
        return 1;
    }
    int status;
    waitpid(thread, &status, __WALL);
    printf("stopped\n");
    fflush(stdout);
    // Buries the thread when the process has ended; it could not be gone before.
    while (waitpid(thread, &status, __WALL) == thread && !WIFEXITED(status) &&
           !WIFSIGNALED(status))
        continue;
    return 0;
}
