// Package body opens the body of an upload: which form and coding it has, the
// limits on what is sent and on what it unpacks to, and the patience with slow
// senders. What it cannot open is a *claimwatch.Error: unsupported_media_type,
// too_large or syntax.
package body
