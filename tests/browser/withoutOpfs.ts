Reflect.deleteProperty(FileSystemFileHandle.prototype, 'createSyncAccessHandle');
