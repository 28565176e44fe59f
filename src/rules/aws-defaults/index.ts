import { analytics } from './analytics';
import { compute } from './compute';
import { database } from './database';
import { detection } from './detection';
import { edge } from './edge';
import { iam } from './iam';
import { network } from './network';
import { storage } from './storage';

/** Every default of AWS that a rule relies on, by `<type>.<property path>`. The evidence of a verdict that rests on one says so. */
export const awsDefaults = { ...analytics, ...compute, ...database, ...detection, ...edge, ...iam, ...network, ...storage };
