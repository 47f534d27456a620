/** What the engine reads of a request. The body is not part of it: tokens in forms are not accepted (RFC 9700 §4.3.2). */
export interface RequestView {
  readonly method: string
  /**
   * Every value sent for a field, in order; `name` is in lower case.
   * Two `Authorization` fields must be seen as two (RFC 6750 §2), so a map that joins or drops them will not do.
   */
  header(name: string): readonly string[]
  /** `false` where fields may have been sent that are not seen, a second `Authorization` among them. */
  readonly complete?: boolean | undefined
  /** Raw query string without the question mark: an `access_token` there beside a header is refused (RFC 6750 §2). */
  readonly query: string
}
