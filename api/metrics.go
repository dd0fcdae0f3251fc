package api

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
)

// metrics are the RED figures of the HTTP side. Routes are patterns, so the
// labels are bounded whatever is asked.
type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	panics   prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimwatch_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "claimwatch_http_request_seconds", Help: "Seconds to answer a request, by route.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"route"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "claimwatch_http_panics_total", Help: "Requests whose handler panicked and that were answered with 500.",
		}),
	}
	reg.MustRegister(m.requests, m.seconds, m.panics)
	return m
}

// observe counts a request and logs it without personal data: the pattern of
// the route, never the path or the query.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, route := s.mux.Handler(r)
		if route == "" {
			route = "none"
		}
		began := s.now()
		seen := &observed{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		took := s.now().Sub(began)
		s.metrics.requests.WithLabelValues(route, method(r.Method), strconv.Itoa(seen.status)).Inc()
		s.metrics.seconds.WithLabelValues(route).Observe(took.Seconds())
		s.log.Debug("request", zap.String("route", route), zap.Int("status", seen.status), zap.Duration("took", took))
	})
}

// method bounds the label: a caller may send any word as its method.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete:
		return m
	default:
		return "other"
	}
}

// observed remembers the status of an answer.
type observed struct {
	http.ResponseWriter
	status int
}

func (o *observed) WriteHeader(status int) {
	o.status = status
	o.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach deadlines and flushing.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }
