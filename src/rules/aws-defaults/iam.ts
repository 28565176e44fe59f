import type { AwsDefault } from '../kernel';

export const iam = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
