package door

import "github.com/danielgtaylor/huma/v2"

// between bounds a whole number in a schema. JSON Schema knows numbers only as
// floats; the values that it describes never become one.
func between(s *huma.Schema, least, most int64) *huma.Schema {
	from, until := float64(least), float64(most)
	s.Type, s.Minimum, s.Maximum = huma.TypeInteger, &from, &until
	return s
}
