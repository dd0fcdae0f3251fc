package slice

// Length is a stay that is over, beside what is usual for its diagnosis group,
// the institution's level and the month of its discharge (ADM-015).
type Length struct {
	*Stay
	Usual *Baseline // nil without a row
}

func lengths(stays []*Stay, reference *Reference) []*Length {
	if !reference.has("institutions", "los_baselines") {
		return nil
	}
	var list []*Length
	for _, s := range stays {
		if !s.Inpatient() || s.DischargedAt == nil || s.Level == nil {
			continue
		}
		length := &Length{Stay: s}
		if s.DiagnosisGroup != "" {
			key := BaselineKey{Group: s.DiagnosisGroup, Level: *s.Level, Month: s.DischargedAt.Day().Month()}
			if row, found := reference.Baselines[key]; found {
				length.Usual = &row
			}
		}
		list = append(list, length)
	}
	return list
}
