/**
 * How folders and files are made that are nobody's but the account's that runs the program: returns name people, and
 * are not public. Windows has no such modes; there, files have the permissions of the folder that they are in.
 */
export const privateModes = { folder: 0o700, file: 0o600 };
