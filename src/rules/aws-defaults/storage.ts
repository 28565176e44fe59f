import type { AwsDefault } from '../kernel';

export const storage = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
