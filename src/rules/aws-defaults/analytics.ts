import type { AwsDefault } from '../kernel';

export const analytics = {
} as const satisfies Readonly<Record<string, AwsDefault>>;
