package claimwatch

import "context"

// Visitor is what a request says of who sends it beside a key: what signing in needs.
type Visitor struct {
	Address string // of the other end, without its port
	Plain   bool   // from this machine without TLS: a cookie may go so
	Session string // token of the session's cookie; empty for none
}

type visitorKey struct{}

// WithVisitor puts the visitor of a request into its context.
func WithVisitor(ctx context.Context, v Visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

// VisitorFrom gives the visitor of a request; the zero Visitor has no session.
func VisitorFrom(ctx context.Context) Visitor {
	v, _ := ctx.Value(visitorKey{}).(Visitor)
	return v
}

// The cookie of a session. The first is for TLS: no other host, and nothing without TLS,
// can set it. The second is for a server and a browser on one machine.
const (
	SessionCookie      = "__Host-claimwatch_session"
	PlainSessionCookie = "claimwatch_session"
)
