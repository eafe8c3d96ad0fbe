// The two pages: the HTML of each holds one element that this defines, <lifeline-timeline> or <lifeline-comparison>.
import './parts/app';
import './parts/comparison';
