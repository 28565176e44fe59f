import { ifProd, MACRO, P, presence, subject } from './cases';
import { Case, fail, pass, unknown, verdicts } from './verdicts';
import { jobBookmarksEncrypted, logsEncryptedWithKey, securityConfiguration, securityConfigurationEncrypts } from '../../src/rules/glue-security-configurations';

const TYPE = 'AWS::Glue::SecurityConfiguration';
const configuration = (EncryptionConfiguration: unknown) => subject(TYPE, { Name: 'c' })({ EncryptionConfiguration });
const s3 = (S3EncryptionMode: unknown) => ({ S3Encryptions: [{ S3EncryptionMode, KmsKeyArn: 'k' }] });
const logs = (CloudWatchEncryptionMode: unknown) => ({ CloudWatchEncryption: { CloudWatchEncryptionMode, KmsKeyArn: 'k' } });
const bookmarks = (JobBookmarksEncryptionMode: unknown) => ({ JobBookmarksEncryption: { JobBookmarksEncryptionMode, KmsKeyArn: 'k' } });
const all = { ...s3('SSE-KMS'), ...logs('SSE-KMS'), ...bookmarks('CSE-KMS') };

verdicts(securityConfigurationEncrypts, {
  pass: { 'all': configuration(all), 'objects with the key of S3': configuration({ ...all, ...s3('SSE-S3') }) },
  fail: {
    'nothing': configuration({}),
    'objects are not': configuration({ ...all, ...s3('DISABLED') }),
    'objects are left out': configuration({ ...all, S3Encryptions: undefined }),
    'logs are not': configuration({ ...all, ...logs('DISABLED') }),
    'bookmarks are left out': configuration({ ...s3('SSE-KMS'), ...logs('SSE-KMS') }),
  },
  unknown: { 'by parameter': configuration({ ...all, ...logs(P) }), 'by a macro': configuration(MACRO) },
  trap: {
    'one of two kinds of objects is not': fail(configuration({ ...all, S3Encryptions: [{ S3EncryptionMode: 'SSE-KMS' }, { S3EncryptionMode: 'DISABLED' }] })),
    'bookmarks in one branch': fail(configuration({ ...all, ...bookmarks(ifProd('CSE-KMS', 'DISABLED')) }), { message: /IsProd is false/ }),
  },
});

const job = subject('AWS::Glue::Job');
const crawler = subject('AWS::Glue::Crawler');
const other = (EncryptionConfiguration: object): Case => ({ Config: { Type: TYPE, Properties: { Name: 'mine', EncryptionConfiguration } } });
const REF = { Ref: 'Config' };

verdicts(securityConfiguration, presence(job, 'SecurityConfiguration', {
  pass: { 'a crawler': crawler({ CrawlerSecurityConfiguration: 'c' }), 'an endpoint': subject('AWS::Glue::DevEndpoint')({ SecurityConfiguration: 'c' }) },
  trap: { 'the property of a job on a crawler': fail(crawler({ SecurityConfiguration: 'c' })) },
}));
verdicts(logsEncryptedWithKey, {
  pass: { 'a job': job({ SecurityConfiguration: REF }, other(logs('SSE-KMS'))), 'a crawler, by name': crawler({ CrawlerSecurityConfiguration: 'mine' }, other(logs('SSE-KMS'))) },
  fail: { 'none': job(), 'logs are left out': job({ SecurityConfiguration: REF }, other(s3('SSE-KMS'))), 'logs are not': job({ SecurityConfiguration: REF }, other(logs('DISABLED'))) },
  unknown: { 'one elsewhere': job({ SecurityConfiguration: 'theirs' }, other(logs('SSE-KMS'))), 'by parameter': job({ SecurityConfiguration: P }), 'a macro decides': job({ SecurityConfiguration: MACRO }) },
  trap: {
    'a configuration that nothing names': fail(job({}, other(all))),
    'in one branch': fail(job({ SecurityConfiguration: ifProd(REF) }, other(all)), { message: /IsProd is false/ }),
    'named by something else of the template': unknown(job({ SecurityConfiguration: { Ref: 'Custom' } }, { Custom: { Type: 'Custom::Thing' } })),
  },
});
verdicts(jobBookmarksEncrypted, {
  pass: { 'with KMS': job({ SecurityConfiguration: REF }, other(bookmarks('CSE-KMS'))) },
  fail: { 'none': job(), 'bookmarks are left out': job({ SecurityConfiguration: REF }, other(logs('SSE-KMS'))) },
  unknown: { 'one elsewhere': job({ SecurityConfiguration: 'theirs' }), 'by parameter': job({ SecurityConfiguration: REF }, other(bookmarks(P))) },
  trap: { 'the mode of logs': fail(job({ SecurityConfiguration: REF }, other(bookmarks('SSE-KMS')))), 'by name': pass(job({ SecurityConfiguration: 'mine' }, other(bookmarks('CSE-KMS')))) },
});
