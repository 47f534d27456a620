export type { Algorithm, AsymmetricAlgorithm, SymmetricAlgorithm } from './algorithms.ts'
export type { Answer, Behaviour, Behaviours } from './http/behaviour.ts'
export type { ListenOptions } from './http/http-issuer.ts'
export type { IntrospectionOptions } from './http/introspection.ts'
export type { Endpoint, RecordedRequest, RequestLog } from './http/request-log.ts'
export { createTestIssuer, type TestIssuer, type TestIssuerOptions } from './issuer.ts'
export type { PublicJwk } from './keys/key-pairs.ts'
export type { JwkSet, RotationOptions } from './keys/key-ring.ts'
export type { EncryptOptions } from './tokens/encrypt.ts'
export type { SigningKey } from './tokens/signature.ts'
export type {
  EncryptedOptions,
  ExpiredOptions,
  IdTokenOptions,
  NotYetValidOptions,
  OpaqueTokenOptions,
  RawOptions,
  TamperedOptions,
  TokenOptions,
} from './tokens/token-options.ts'
