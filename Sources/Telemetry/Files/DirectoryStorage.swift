internal import Glibc

/// Record files in one directory, which is made for a file when it does not exist (its parent
/// must).
package struct DirectoryStorage: RecordStorage {
    package let directory: String

    package init(directory: String) {
        self.directory = directory
    }

    package func create(name: String) throws(IOFault) -> any ByteSink {
        if unsafe mkdir(directory, 0o755) != 0 && errno != EEXIST {
            throw IOFault(operation: .createDirectory, path: directory, code: errno)
        }
        return try FileSink(path: directory + "/" + name)
    }

    package func remove(name: String) {
        _ = unsafe unlink(directory + "/" + name)
    }

    package func synchronizeNames() {
        let opened = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { return }
        _ = fsync(opened)
        _ = close(opened)
    }
}
