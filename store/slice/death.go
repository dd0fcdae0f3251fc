package slice

// Death is a stay that began, or was charged, after the day on which the person
// died (ADM-020).
type Death struct {
	*Stay
	Later []*Line // the charges of later days
}

func deaths(stays []*Stay) []*Death {
	var found []*Death
	for _, s := range stays {
		if s.Person == nil || s.Person.Died == Forever {
			continue
		}
		death := &Death{Stay: s}
		for _, l := range s.Charges {
			if l.Day() > s.Person.Died {
				death.Later = append(death.Later, l)
			}
		}
		if s.AdmittedOn() > s.Person.Died || len(death.Later) > 0 {
			found = append(found, death)
		}
	}
	return found
}
