package api

import (
	"errors"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
)

// Server is the HTTP side of the product: one mux, one OpenAPI document.
type Server struct {
	cfg      Config
	mux      *routes
	api      huma.API
	metrics  *metrics
	log      *zap.Logger
	now      func() time.Time
	signedIn SignedIn
	pages    Pages // nil: none
}

// Pages are what browsers are shown beside the API. They need no key: what they show
// comes from the API.
type Pages interface {
	http.Handler
	// Serves says whether a request is for a page.
	Serves(r *http.Request) bool
}

// New gives an empty server; the stages register their operations on API.
func New(cfg Config, log *zap.Logger, reg prometheus.Registerer, now func() time.Time) *Server {
	// huma knows no other way to choose the error document, and the schema of it.
	huma.NewErrorWithContext = humaError
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return humaError(nil, status, message, errs...)
	}
	config := huma.DefaultConfig("claimwatch", cfg.Version)
	config.Info.Description = "Watches what agreement hospitals charge the work-injury insurance fund. " +
		"Amounts are decimal strings in yuan, days are local days in Asia/Shanghai."
	config.DocsPath = "" // the page of our own needs nothing from outside
	config.SchemasPath = ""
	config.CreateHooks = nil // no $schema member in answers
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", Description: "a key made by claimwatch key new"},
		"session": {Type: "apiKey", In: "cookie", Name: claimwatch.SessionCookie, Description: "of POST /v1/session; " +
			claimwatch.PlainSessionCookie + " where server and browser are on one machine. Writing calls must come from pages of this server"},
	}
	config.Security = []map[string][]string{{"key": {}}, {"session": {}}}
	mux := &routes{ServeMux: http.NewServeMux()}
	s := &Server{cfg: cfg, mux: mux, metrics: newMetrics(reg), log: log, now: now}
	s.api = humago.New(mux, config)
	mux.HandleFunc("GET /docs", docs)
	return s
}

// API is where the stages register their operations.
func (s *Server) API() huma.API { return s.api }

// Handle adds a handler that reads its body itself; its operation is declared
// on the OpenAPI document by hand.
func (s *Server) Handle(pattern string, h http.Handler) { s.mux.HandleFunc(pattern, h.ServeHTTP) }

// Show adds pages on every path that no operation takes.
func (s *Server) Show(pages Pages) { s.pages = pages }

// Handler is the whole server: recovered, measured, authenticated, limited,
// idempotent, and with problem documents for unknown paths and methods.
func (s *Server) Handler(authenticate Authenticate, answers Answers) http.Handler {
	var h http.Handler = http.HandlerFunc(s.route)
	for _, wrap := range []Middleware{
		inUTF8, WithIdempotency(answers, s.cfg, s.now), WithLimit(s.cfg), WithCaller(authenticate, s.signedIn), headed, s.paged, s.recovered, s.observe,
	} {
		h = wrap(h)
	}
	return h
}

// inUTF8 refuses bodies that are declared in another charset than UTF-8 (contract,
// section 6). What cannot be read is the handler's to refuse.
func inUTF8(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		charset := strings.ToLower(parameters["charset"])
		if err == nil && charset != "" && charset != "utf-8" && charset != "utf8" {
			Write(w, claimwatch.Refuse(claimwatch.CodeUnsupportedMediaType, "the only charset is utf-8: convert the body before sending it"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// route answers what no pattern matches with a problem document instead of the
// mux's plain text.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	probe := &statusProbe{header: http.Header{}}
	h.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.header.Get("Allow"))
		Write(w, claimwatch.Refuse(claimwatch.CodeMethodNotAllowed, "%s does not take %s; see /docs", r.URL.Path, r.Method))
		return
	}
	Write(w, claimwatch.Refuse(claimwatch.CodeNotFound, "there is nothing at %s; see /docs", r.URL.Path))
}

// paged shows a page where there is one and no operation has the path.
func (s *Server) paged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := s.mux.Handler(r); pattern == "" && s.pages != nil && s.pages.Serves(r) {
			s.pages.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// statusProbe learns what the mux would answer.
type statusProbe struct {
	header http.Header
	status int
}

func (p *statusProbe) Header() http.Header         { return p.header }
func (p *statusProbe) Write(b []byte) (int, error) { return len(b), nil }
func (p *statusProbe) WriteHeader(status int)      { p.status = status }

// recovered answers 500 to a request whose handler panicked and keeps the
// others going.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(fault) // the handler wants the connection cut
			}
			s.metrics.panics.Inc()
			s.log.Error("request panicked", zap.Any("fault", fault), zap.ByteString("stack", debug.Stack()))
			Write(w, errors.New("panic"))
		}()
		next.ServeHTTP(w, r)
	})
}
