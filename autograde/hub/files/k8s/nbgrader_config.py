"""nbgrader's settings in the image: for learners, and for a course's own server, which the hub tells its course."""

import os

c = get_config()

if "WORKTEST_COURSE" in os.environ:
    from autograde.course import configure

    configure(c, "/home/jovyan/course")
else:
    from ngshare_exchange import configureExchange

    configureExchange(c, os.environ.get("WORKTEST_NGSHARE", "http://ngshare:8080/services/ngshare"))
    c.CourseDirectory.course_id = "*"
    c.Exchange.path_includes_course = True
