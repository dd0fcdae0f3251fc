package signon

import (
	"net/url"
	"path"
	"strings"
	"unicode"
)

// Local gives the page to which a browser returns: a path of this server as it was asked
// for, or the first page. Nothing else is let through, or a link to this server would lead
// people to another one (//evil.example, /\evil.example).
func Local(to string) string {
	u, err := url.Parse(to)
	switch {
	case err != nil, !strings.HasPrefix(to, "/"), u.Scheme != "", u.Host != "", u.User != nil,
		strings.HasPrefix(to, "//"), strings.Contains(to, `\`), strings.ContainsFunc(to, unicode.IsControl), len(to) > 512,
		path.Clean(u.Path) != u.Path && path.Clean(u.Path)+"/" != u.Path, strings.HasPrefix(u.Path, "//"), strings.HasPrefix(u.Path, "/auth/"), strings.HasPrefix(u.Path, "/v1/"):
		return "/"
	}
	return to
}
