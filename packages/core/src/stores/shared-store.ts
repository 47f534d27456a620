/**
 * What several processes of an API know together. Values are short texts; times are in seconds. Whatever goes wrong rejects: who asks
 * decides what that means.
 */
export interface SharedStore {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, seconds: number): Promise<void>
  /** Sets where there is nothing yet, and tells whether it did. Of any number at once, one does. */
  add(key: string, value: string, seconds: number): Promise<boolean>
  delete(key: string): Promise<void>
}
