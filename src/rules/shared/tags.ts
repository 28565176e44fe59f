import { any, both, Property, ResourceReader, Truth } from '../kernel';

/** Where tags stand, by type; everywhere else in `Tags`. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'AWS::EFS::FileSystem': ['Tags', 'FileSystemTags'],
  'AWS::Cognito::UserPool': ['UserPoolTags'],
  'AWS::Backup::BackupVault': ['BackupVaultTags'],
};

/** The tags of a resource: lists of `Key` and `Value`, or maps. A global table's are those of its replicas. */
export function tagsOf(resource: ResourceReader): Property[] {
  if (resource.type === 'AWS::DynamoDB::GlobalTable') return resource.get('Replicas').list().items.map((replica) => replica.get('Tags'));
  return (PLACES[resource.type] ?? ['Tags']).map((path) => resource.get(path));
}

/** The resource has a tag of such a key whose value answers yes. */
export function tagged(resource: ResourceReader, key: RegExp, check: (value: Property) => Truth): Truth {
  return any(tagsOf(resource).map((tags) => {
    if (!tags.isMap) return tags.some((tag) => both(tag.get('Key').matches(key, 'another tag'), () => check(tag.get('Value'))), 'it has no tags');
    const { items, open } = tags.seen().entries();
    return any([...items.filter((entry) => key.test(entry.key)).map(({ value }) => check(value)), ...open === undefined ? [] : [Truth.unknown(open)]], 'no such tag');
  }), 'it has no tags');
}
