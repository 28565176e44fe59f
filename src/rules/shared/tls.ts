import { any, Property, Truth } from '../kernel';

/**
 * Names of the predefined policies of Elastic Load Balancing say the lowest protocol: `…-TLS13-1-2-…`, `…-TLS-1-2-…`, `…-FS-1-2-…`, and what
 * comes later in the same manner. Those without a number (`2016-08`, `FS-2018-06`) begin with TLS 1.0.
 * (Elastic Load Balancing user guide, "Security policies for your Application Load Balancer")
 */
const ELB_POLICY = /^(ELBSecurityPolicy-)?(TLS13|TLS|FS)-1-[23](-|$)/i;

/** The policy of a load balancer takes TLS 1.2 and later only. */
export function currentElbPolicy(name: Property): Truth {
  return name.matches(ELB_POLICY, 'a policy from TLS 1.2 on');
}

/** A certificate that AWS Certificate Manager holds, and renews when it has issued it. */
export function fromCertificateManager(certificate: Property): Truth {
  const target = certificate.target();
  if (!target) return any([certificate.includes(':acm:'), certificate.includes(':acm-pca:')]).because('the certificate is not in AWS Certificate Manager');
  if (target.type === 'AWS::CertificateManager::Certificate') return Truth.YES;
  return target.type.startsWith('AWS::IAM::') ? Truth.no('the certificate is kept in IAM') : Truth.unknown(`the certificate is made by ${target.type}`);
}
