/** What a vendor's server sends back. */
export interface VendorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}
