/* Preloaded into a recorder: keeps beside its files what of them would outlive a power cut.
 *
 * At each fsync of a file its content is copied to $SHADOW/<inode>, at each fsync of a folder its entries are written
 * to $SHADOW/<inode>.names, a line "<inode> <name>" each. What was never synced is in neither: a disk owes nobody more.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void place(const char *made, const char *path) {
    if (rename(made, path) != 0) abort();
}

static void copy_file(int fd, const struct stat *file, const char *shadow) {
    char made[4096], path[4096], source[64], buffer[65536];
    off_t at = 0;
    ssize_t got;
    snprintf(made, sizeof made, "%s/%lu.%d.made", shadow, (unsigned long)file->st_ino, gettid());
    snprintf(path, sizeof path, "%s/%lu", shadow, (unsigned long)file->st_ino);
    snprintf(source, sizeof source, "/proc/self/fd/%d", fd);
    int from = open(source, O_RDONLY | O_CLOEXEC);
    int to = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (from < 0 || to < 0) abort();
    while (at < file->st_size && (got = pread(from, buffer, sizeof buffer, at)) > 0) {
        if (at + got > file->st_size) got = file->st_size - at;
        if (write(to, buffer, got) != got) abort();
        at += got;
    }
    close(from);
    close(to);
    place(made, path);
}

static void copy_names(int fd, const struct stat *folder, const char *shadow) {
    char made[4096], path[4096], source[64];
    snprintf(made, sizeof made, "%s/%lu.%d.made", shadow, (unsigned long)folder->st_ino, gettid());
    snprintf(path, sizeof path, "%s/%lu.names", shadow, (unsigned long)folder->st_ino);
    snprintf(source, sizeof source, "/proc/self/fd/%d", fd);
    DIR *entries = opendir(source);
    FILE *names = fopen(made, "we");
    if (!entries || !names) abort();
    for (struct dirent *entry; (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            fprintf(names, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
    closedir(entries);
    fclose(names);
    place(made, path);
}

static void remember(int fd) {
    const char *shadow = getenv("SHADOW");
    struct stat found;
    if (!shadow || fstat(fd, &found) != 0) return;
    if (S_ISREG(found.st_mode)) copy_file(fd, &found, shadow);
    if (S_ISDIR(found.st_mode)) copy_names(fd, &found, shadow);
}

int fsync(int fd) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int result = next(fd);
    if (result == 0) remember(fd);
    return result;
}

int fdatasync(int fd) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int result = next(fd);
    if (result == 0) remember(fd);
    return result;
}
