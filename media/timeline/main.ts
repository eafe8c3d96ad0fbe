// The page of the timeline: its HTML holds one <lifeline-timeline>, which this defines.
import './parts/app';
