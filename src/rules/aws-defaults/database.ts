import type { AwsDefault } from '../kernel';

export const database = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
