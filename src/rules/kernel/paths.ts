const splitPaths = new Map<string, readonly string[]>();

/** The keys of a path. */
export function split(path: string): readonly string[] {
  let keys = splitPaths.get(path);
  if (!keys) splitPaths.set(path, keys = path === '' ? [] : path.split('.'));
  return keys;
}

const joinedPaths = new Map<string, Map<string, string>>();

/** `parent.key`. Paths repeat from resource to resource, so each text is made once. */
export function joined(parent: string, key: string): string {
  let keys = joinedPaths.get(parent);
  if (!keys) {
    if (joinedPaths.size > 4000) joinedPaths.clear();
    joinedPaths.set(parent, keys = new Map());
  }
  let path = keys.get(key);
  if (path === undefined) {
    path = `${parent}.${key}`;
    if (keys.size < 200) keys.set(key, path);
  }
  return path;
}

/** The path without `Properties.`, for messages. */
export function shortPath(path: string): string {
  return path.replace(/^Properties\./, '').replace(/\.Properties\./, '.');
}

/** A position in a list. */
export function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}
