package rejection

// ServiceMonths gives the month under which each line stands of which something is
// rejected now: that of its service date when it was first rejected, whatever a
// later correction says. The settlement books such a line under the same month.
func (s *State) ServiceMonths(institution string) map[LineKey]string {
	months := map[LineKey]string{}
	for key := range s.Rejected(institution) {
		months[key] = s.houses[institution].lines[key].month
	}
	return months
}
