// Package signontest is a sign-on for tests: an OpenID Connect provider with one person,
// who signs on at once, and whose tokens tests can spoil.
package signontest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ClientID and Secret are those of claimwatch at the sign-on.
const (
	ClientID = "claimwatch"
	Secret   = "a secret of the sign-on"
)

// Server is the sign-on.
type Server struct {
	*httptest.Server
	now func() time.Time

	down   atomic.Bool
	mu     sync.Mutex
	claims map[string]any
	spoil  func(header, claims map[string]any)
	key    *rsa.PrivateKey
	kid    int
	codes  map[string]url.Values // code to the request that it is for
	hidden bool                  // the keys are not published
}

// Start starts a sign-on that ends with the test and lives by the clock of it.
func Start(t testing.TB, now func() time.Time) *Server {
	t.Helper()
	s := &Server{now: now, codes: map[string]url.Values{}, claims: map[string]any{}}
	s.Rotate(t)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", s.describe)
	mux.HandleFunc("GET /keys", s.keys)
	mux.HandleFunc("GET /authorize", s.authorize)
	mux.HandleFunc("POST /token", s.token)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.down.Load() {
			http.Error(w, "down for the night", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// Be makes somebody the person who signs on.
func (s *Server) Be(claims map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claims = claims
}

// Down makes it answer nothing but 503, or answer again.
func (s *Server) Down(down bool) { s.down.Store(down) }

// Spoil changes every token before it is signed; an alg of none leaves it unsigned.
func (s *Server) Spoil(change func(header, claims map[string]any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spoil = change
}

// Rotate begins to sign with a new key; the one of before is not published any more.
func (s *Server) Rotate(t testing.TB) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatalf("GenerateKey() error:\n%+v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key, s.kid = key, s.kid+1
}

// SignWithAnother signs with a key that is not published, under the name of the one that is.
func (s *Server) SignWithAnother(t testing.TB) (back func()) {
	t.Helper()
	s.mu.Lock()
	published := s.key
	s.mu.Unlock()
	s.Rotate(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kid--
	s.hidden = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.key, s.hidden = published, false
	}
}

func (s *Server) describe(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{
		"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}, "token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
	})
}

func (s *Server) keys(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hidden {
		answer(w, map[string]any{"keys": []any{}})
		return
	}
	answer(w, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": fmt.Sprint(s.kid), "n": encode(s.key.N.Bytes()), "e": encode(big.NewInt(int64(s.key.E)).Bytes()),
	}}})
}

func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Get("client_id") != ClientID || query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256" || query.Get("nonce") == "" {
		http.Error(w, "what is asked for is not what claimwatch asks for: "+r.URL.RawQuery, http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	code := rand.Text()
	s.codes[code] = query
	s.mu.Unlock()
	http.Redirect(w, r, query.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {query.Get("state")}}.Encode(), http.StatusFound)
}

// token gives a token for a code, once, to who began with it.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	asked, known := s.codes[r.FormValue("code")]
	delete(s.codes, r.FormValue("code"))
	challenge := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	secret, _ = url.QueryUnescape(secret)
	if !known || id != ClientID || secret != Secret || asked.Get("code_challenge") != encode(challenge[:]) || asked.Get("redirect_uri") != r.FormValue("redirect_uri") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": s.sign(asked.Get("nonce"))})
}

func (s *Server) sign(nonce string) string {
	header := map[string]any{"alg": "RS256", "kid": fmt.Sprint(s.kid)}
	claims := map[string]any{"iss": s.URL, "aud": ClientID, "iat": s.now().Unix(), "exp": s.now().Add(5 * time.Minute).Unix(), "nonce": nonce}
	maps.Copy(claims, s.claims)
	if s.spoil != nil {
		s.spoil(header, claims)
	}
	text := encode(mustJSON(header)) + "." + encode(mustJSON(claims))
	if header["alg"] == "none" {
		return text + "."
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // a test's key
	}
	return text + "." + encode(signature)
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // a test's claims
	}
	return text
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(mustJSON(v))
}
